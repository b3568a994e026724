import { randomBytes } from 'node:crypto';
import { SECRET_PREFIX, webhookHeaders } from '@opentopup/contract/webhooks/webhook-headers';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';

const BODY = '{"type":"stock.low","data":{"offer_name":"Été 10 €"}}';

it('what is signed with two secrets is verified by the public library with each, and with no other', async () => {
  const [one, two, other] = [32, 24, 32].map((bytes) => SECRET_PREFIX + randomBytes(bytes).toString('base64'));
  const headers = await webhookHeaders('msg_1', new Date(), BODY, [one as string, two as string]);
  for (const secret of [one, two])
    expect(new Webhook(secret as string).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  expect(() => new Webhook(other as string).verify(BODY, headers)).toThrow('No matching signature');
});
