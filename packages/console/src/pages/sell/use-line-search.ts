import type { NumberLookup } from '@opentopup/contract';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { useNextSteps } from './next-steps.ts';

/** What is typed so is a number, and no name. */
const NUMBER = /^\+?[\d\s().-]{3,}$/;
/** A serial that is recognised without its offer has this many digits at least: no number has. */
const SERIAL_SHORTEST = 18;

/** A line that somebody types to find what recharges it. */
export interface LineSearch {
  /** Null where what is typed is a name. */
  kind: 'msisdn' | 'simId' | null;
  /** As far as it is known from what is typed; not before what recognises numbers has come. */
  country: string | undefined;
  /** E.164, once it is whole. */
  whole: string | undefined;
  /** Asks whose network it is in: once for each number, for that may cost something. Absent where nobody may. */
  ask: (() => void) | undefined;
  found: NumberLookup | undefined;
  isAsking: boolean;
  error: Error | null;
}

/** Reads a line while it is typed. @param countries of whose numbers something is offered */
export function useLineSearch(text: string, countries: readonly string[]): LineSearch {
  const may = useMay();
  const { recogniseNumber } = useNextSteps(text !== '') ?? {};
  const [asked, setAsked] = useState<string>();
  const serial = readSerial(text, 'off');
  const isSerial = serial.ok && serial.serial.length >= SERIAL_SHORTEST;
  const isNumber = !isSerial && NUMBER.test(text.trim());
  const known = isNumber ? recogniseNumber?.(text, countries) : undefined;
  const whole = known?.whole;
  const lookup = useQuery({
    queryKey: ['lookup', whole],
    queryFn: () => server.opentopup.call('lookupNumber', { query: { msisdn: whole ?? '' } }),
    enabled: whole !== undefined && asked === whole,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return {
    kind: isSerial ? 'simId' : isNumber ? 'msisdn' : null,
    country: known?.country,
    whole,
    ask: whole !== undefined && may('lookupNumber') ? () => setAsked(whole) : undefined,
    found: whole === undefined ? undefined : lookup.data,
    isAsking: lookup.isFetching,
    error: lookup.error,
  };
}
