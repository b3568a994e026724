import { useBooksMessages } from '../language/books.ts';
import { useStaff } from './use-staff.ts';

const ACCOUNT = /^account (?<id>\S+)$/;

/** Tells who somebody is that the audit trail names: an account by its address. */
export function usePerson(): (actor: string) => string {
  const b = useBooksMessages();
  const { data } = useStaff();
  return (actor) => {
    const id = ACCOUNT.exec(actor)?.groups?.['id'];
    const account = data?.find((each) => each.id === id);
    return account?.email ?? b.person[actor as keyof typeof b.person] ?? actor;
  };
}
