import type { NumberLookup } from '@opentopup/contract';
import { plainSpelling } from '@opentopup/contract/lines/plain-spelling';
import { readNumber } from '@opentopup/contract/lines/read-number';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { useQuery } from '@tanstack/react-query';
import { AsYouType } from 'libphonenumber-js/max';
import { useState } from 'react';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** What is typed so is a number, and no name. */
const NUMBER = /^\+?[\d\s().-]{3,}$/;
/** A serial that is recognised without its offer has this many digits at least: no number has. */
const SERIAL_SHORTEST = 18;

/** A line that somebody types to find what recharges it. */
export interface LineSearch {
  /** Null where what is typed is a name. */
  kind: 'msisdn' | 'simId' | null;
  /** As far as it is known from what is typed. */
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
  const [asked, setAsked] = useState<string>();
  const serial = readSerial(text, 'off');
  const isSerial = serial.ok && serial.serial.length >= SERIAL_SHORTEST;
  const isNumber = !isSerial && NUMBER.test(text.trim());
  const read = isNumber ? countries.map((country) => ({ country, read: readNumber(text, country) })) : [];
  const numbers = read.flatMap((each) => (each.read.ok ? [{ country: each.country, e164: each.read.e164 }] : []));
  // Without its calling code it may be one of several countries.
  const isClear = new Set(numbers.map(({ e164 }) => e164)).size === 1;
  const whole = isClear ? numbers[0]?.e164 : undefined;
  const typed = new AsYouType();
  if (isNumber) typed.input(plainSpelling(text).replaceAll(/[^\d+]/g, ''));
  const country = isClear ? numbers[0]?.country : typed.getCountry();
  const lookup = useQuery({
    queryKey: ['lookup', whole],
    queryFn: () => server.opentopup.call('lookupNumber', { query: { msisdn: whole ?? '' } }),
    enabled: whole !== undefined && asked === whole,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return {
    kind: isSerial ? 'simId' : isNumber ? 'msisdn' : null,
    country,
    whole,
    ask: whole !== undefined && may('lookupNumber') ? () => setAsked(whole) : undefined,
    found: whole === undefined ? undefined : lookup.data,
    isAsking: lookup.isFetching,
    error: lookup.error,
  };
}
