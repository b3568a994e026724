import type { Dialect } from './dialect.ts';
import { playDing } from './ding/ding.ts';
import { playDtone } from './dtone/dtone.ts';
import { playReloadly } from './reloadly/reloadly.ts';

/** Every vendor that can be played, by the name that `opentopup simulate` takes. */
export const DIALECTS: Readonly<Record<string, Dialect>> = { dtone: playDtone, reloadly: playReloadly, ding: playDing };
