import type { EventType } from '@opentopup/contract';
import type { ConsoleMessages } from '../../../language/fr.ts';
import { useMessages } from '../../../language/language.ts';

/** Tells what a type of events is called. */
export function useEventName(): (type: EventType) => string {
  const m = useMessages();
  return (type) => m.events[type.replace('.', '_') as keyof ConsoleMessages['events']];
}
