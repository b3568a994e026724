import type { SignOn, SignOnChange } from '@opentopup/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { askSecret } from '../ask.ts';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { needed, showIfSet, withExamples } from './verb.ts';

type RoleOfValue = SignOnChange['roles'][number];

/** Whose people it is about: those of the client, of the operator, or of a distributor as the operator says. */
interface Of {
  operator?: true;
  distributor?: string;
}
interface Choices extends Of {
  issuer: string;
  clientId: string;
  sameSecret?: true;
  scope?: string;
  roleClaim: string;
  role: RoleOfValue[];
  only?: true;
}

const DISTRIBUTOR = '01a20d0a-a88d-74bd-9233-89da2fe5beab';

const COLUMNS: Column<SignOn>[] = [
  { name: 'code', kind: 'text', of: ({ code }) => code },
  { name: 'issuer', kind: 'text', of: ({ issuer }) => issuer },
  { name: 'client_id', kind: 'text', of: ({ client_id }) => client_id },
  { name: 'scope', kind: 'text', of: ({ scope }) => scope },
  { name: 'role_claim', kind: 'text', of: ({ role_claim }) => role_claim },
  { name: 'roles', kind: 'text', of: ({ roles }) => roles.map(({ value, role }) => `${value}=${role}`).join(' ') },
  { name: 'only', kind: 'text', of: ({ only }) => String(only) },
  { name: 'sign_in_url', kind: 'text', of: ({ sign_in_url }) => sign_in_url },
  { name: 'redirect_uri', kind: 'text', of: ({ redirect_uri }) => redirect_uri },
  { name: 'post_logout_redirect_uri', kind: 'text', of: (row) => row.post_logout_redirect_uri },
  { name: 'change_date', kind: 'date', of: ({ change_date }) => change_date },
];

/** Gives the calls about the people that a command is about. */
function signOnOf(session: CliSession, { operator, distributor }: Of) {
  if (!operator && distributor === undefined) return session.client().opentopup.signOn;
  const calls = session.operator().signOn;
  const query = distributor === undefined ? {} : { distributor };
  return {
    get: () => calls.get(query, session),
    set: (body: SignOnChange) => calls.set(body, query, session),
    remove: () => calls.remove(query, session),
  };
}

/** Defines `sign-on`: the provider at which people sign in, instead of a password. */
export function defineSignOn(program: Command, cli: Cli): void {
  const { t } = cli;
  const signOn = program.command('sign-on').description(t.signOn.about);
  const command = (name: string, about: string): Command =>
    signOn
      .command(name)
      .description(about)
      .option('--operator', t.signOn.operator)
      .option('--distributor <id>', t.signOn.distributor);

  const show = command('show', t.signOn.show).action(
    cli.run((session, of: Of) => {
      const tell = (found: SignOn): void => session.out.record(found, COLUMNS);
      return showIfSet(session, signOnOf(session, of).get(session), tell, t.signOn.none);
    }),
  );
  withExamples(show, cli, 'opentopup sign-on show', `opentopup sign-on show --distributor ${DISTRIBUTOR}`);

  // What is no role, the server refuses.
  const readRole = (text: string, before: RoleOfValue[] = []): RoleOfValue[] => {
    const [, value, role] = /^(.+)=(\w+)$/.exec(text) ?? [];
    if (value === undefined) throw new InvalidArgumentError(t.signOn.needsRole);
    return [...before, { value, role: role as RoleOfValue['role'] }];
  };
  const set = command('set', t.signOn.set)
    .addOption(needed('--issuer <url>', t.signOn.issuer))
    .addOption(needed('--client-id <id>', t.signOn.clientId))
    .option('--same-secret', t.signOn.sameSecret)
    .option('--scope <words>', t.signOn.scope)
    .addOption(needed('--role-claim <name>', t.signOn.roleClaim))
    .addOption(needed('--role <value=role>', t.signOn.role).argParser(readRole))
    .option('--only', t.signOn.only)
    .action(
      cli.run(async (session, { issuer, clientId, sameSecret, scope, roleClaim, role, only, ...of }: Choices) => {
        const body: SignOnChange = {
          issuer,
          client_id: clientId,
          ...(!sameSecret && { client_secret: await askSecret(session, t.signOn.askSecret) }),
          ...(scope !== undefined && { scope }),
          role_claim: roleClaim,
          roles: role,
          ...(only && { only }),
        };
        session.out.record(await signOnOf(session, of).set(body, session), COLUMNS);
      }),
    );
  withExamples(
    set,
    cli,
    'opentopup sign-on set --issuer https://login.shop.example --client-id opentopup --role-claim groups' +
      ' --role topup-admins=distributor_admin --role tills=seller < secret.txt',
  );

  const remove = command('remove', t.signOn.remove).action(
    cli.run(async (session, of: Of) => {
      await signOnOf(session, of).remove(session);
      session.out.note(t.signOn.removed);
    }),
  );
  withExamples(remove, cli, 'opentopup sign-on remove --operator');
}
