const NUMBER = '+33684587587';

/** A sale as it is typed into a terminal. */
export const curlLines = (base: string, offerId: string): string => `TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=client_credentials ${base}/oauth/v3/token | jq -r .access_token)

curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"offer_id":"${offerId}","parameters":{"msisdn":"${NUMBER}"}}' \\
  ${base}/travel-b2b/v1/distributors/transactions`;

/** The same sale with the client of this project. */
export const clientCode = (base: string, offerId: string): string => `import { TravelB2B } from '@opentopup/client';

const api = new TravelB2B({
  baseUrl: '${base}/travel-b2b/v1',
  clientId: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
});
const result = await api.topups.create({
  offer_id: '${offerId}',
  parameters: { msisdn: '${NUMBER}' },
});
console.log(result.status);`;
