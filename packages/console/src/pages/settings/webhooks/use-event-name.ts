import type { EventType } from '@opentopup/contract';
import { useMessages } from '../../../language/language.ts';
import type { Messages } from '../../../language/fr.ts';

/** What a type of events is called. */
export function useEventName(): (type: EventType) => string {
  const m = useMessages();
  return (type) => m.events[type.replace('.', '_') as keyof Messages['events']];
}
