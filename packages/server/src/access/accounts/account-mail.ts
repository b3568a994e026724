import type { StaffLanguage } from '@opentopup/contract';

/** What an account's owner is sent a link for. */
export type LinkPurpose = 'invitation' | 'reset';

interface Mail {
  subject: string;
  text: (link: string, business: string) => string;
}

const MAILS: Record<LinkPurpose, Record<StaffLanguage, Mail>> = {
  invitation: {
    en: {
      subject: 'Your OpenTopup account',
      text: (link, business) =>
        `You have been given an account at ${business}. Choose a password here, within a week:\n\n${link}\n`,
    },
    fr: {
      subject: 'Votre compte OpenTopup',
      text: (link, business) =>
        `Un compte a été créé pour vous chez ${business}. Choisissez votre mot de passe ici, sous une semaine :\n\n${link}\n`,
    },
  },
  reset: {
    en: {
      subject: 'Your OpenTopup password',
      text: (link, business) =>
        `Somebody asked for a new password for your account at ${business}. Choose it here, within an hour:\n\n${link}\n\n` +
        'If it was not you, there is nothing to do: your password stays as it is.\n',
    },
    fr: {
      subject: 'Votre mot de passe OpenTopup',
      text: (link, business) =>
        `Un nouveau mot de passe a été demandé pour votre compte chez ${business}. Choisissez-le ici, sous une heure :\n\n${link}\n\n` +
        "Si ce n'était pas vous, il n'y a rien à faire : votre mot de passe reste le même.\n",
    },
  },
};

/**
 * Writes the e-mail that brings somebody a link.
 * @param business whose account it is
 */
export function accountMail(
  purpose: LinkPurpose,
  language: StaffLanguage,
  link: string,
  business: string,
): { subject: string; text: string } {
  const { subject, text } = MAILS[purpose][language];
  return { subject, text: text(link, business) };
}
