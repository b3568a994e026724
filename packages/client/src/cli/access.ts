import type { CliMessages } from './messages/en.ts';
import { Misuse } from './misuse.ts';
import { type Profile, Profiles } from './profiles.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The profile that counts where none is named. */
export const DEFAULT_PROFILE = 'default';

/**
 * Tells where the server is and who somebody is there: from the environment, and what that does not say from the
 * profile.
 * @param name of the profile
 * @throws Misuse for a profile that is named and not there, or where nothing says where the server is
 */
export function accessOf(env: Environment, name: string | undefined, t: CliMessages): Profile {
  const profiles = new Profiles(env);
  const profile = profiles.get(name ?? DEFAULT_PROFILE);
  if (name !== undefined && !profile) throw new Misuse(t.access.noProfile(name));
  const { OPENTOPUP_URL, OPENTOPUP_CLIENT_ID, OPENTOPUP_CLIENT_SECRET, OPENTOPUP_ADMIN_TOKEN } = env;
  const url = OPENTOPUP_URL || profile?.url;
  if (!url) throw new Misuse(t.access.noUrl);
  // Secrets of one server are not for another.
  const kept = url === profile?.url ? profile : undefined;
  return {
    url,
    ...given('client_id', OPENTOPUP_CLIENT_ID || kept?.client_id),
    ...given('client_secret', OPENTOPUP_CLIENT_SECRET || kept?.client_secret),
    ...given('admin_token', OPENTOPUP_ADMIN_TOKEN || kept?.admin_token),
  };
}

const given = (name: keyof Profile, value: string | undefined): Partial<Profile> => (value ? { [name]: value } : {});
