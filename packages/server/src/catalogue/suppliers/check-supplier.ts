import { type Refusal, refuse } from '@opentopup/contract';
import type { Connectors } from '../../connectors/registry.ts';
import { faultIn } from '../../values/schema-fault.ts';

/** What a supplier's connector is to be told. */
interface ConnectorUse {
  connector: string | null;
  settings: Record<string, unknown>;
  secret_names: readonly string[];
}

/** Why a supplier cannot be spoken to in this way; null when it can. */
export function checkConnectorUse(
  connectors: Pick<Connectors, 'names' | 'get'>,
  { connector: name, settings, secret_names }: ConnectorUse,
): Refusal | null {
  if (name === null) return null;
  const connector = connectors.get(name);
  if (!connector) {
    return refuse('invalid_body_field', {
      field: 'connector',
      detail: `one of ${connectors.names.join(', ')} is needed`,
    });
  }
  const fault = connector.settings && faultIn(connector.settings, settings);
  if (fault) {
    const field = ['settings', ...(fault.field ? [fault.field] : [])].join('.');
    return fault.kind === 'missing'
      ? refuse('missing_body_field', { field })
      : refuse('invalid_body_field', { field, detail: fault.message });
  }
  if (!connector.secrets) return null;
  const { secrets } = connector;
  const missing = Object.keys(secrets).find((each) => secrets[each] === 'needed' && !secret_names.includes(each));
  if (missing !== undefined) return refuse('missing_body_field', { field: `secrets.${missing}` });
  const unknown = secret_names.find((each) => !Object.hasOwn(secrets, each));
  if (unknown === undefined) return null;
  return refuse('invalid_body_field', { field: `secrets.${unknown}`, detail: 'there is no such field' });
}
