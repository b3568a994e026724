import { SIGN_ON_PATH, type SignOn, wireDate } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { ProviderRow } from './providers.query.ts';

/** Where a provider sends the browser back, after signing in and after signing out. */
export const redirectUriOf = (ctx: Pick<Context, 'consoleUrl'>): string => `${ctx.consoleUrl()}${SIGN_ON_PATH}`;
export const signedOutUriOf = (ctx: Pick<Context, 'consoleUrl'>): string => `${ctx.consoleUrl()}/`;

export const wireProvider = (ctx: Pick<Context, 'consoleUrl'>, row: ProviderRow): SignOn => ({
  code: row.code,
  issuer: row.issuer,
  client_id: row.client_id,
  role_claim: row.role_claim,
  roles: row.roles,
  scope: row.scope,
  only: row.is_only,
  sign_in_url: `${redirectUriOf(ctx)}/${row.code}`,
  redirect_uri: redirectUriOf(ctx),
  post_logout_redirect_uri: signedOutUriOf(ctx),
  change_date: wireDate(row.changed_at),
});
