import {
  type CustomerMessage,
  customerMessage,
  DISTRIBUTOR_OPERATIONS,
  LANGUAGES,
  OUTCOMES,
  wireDate,
} from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { listMessages } from './customer-messages.query.ts';
import { setCustomerMessage } from './set-customer-message.ts';

/** Serves what a distributor tells its end customers. */
export async function customerMessageRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const { listCustomerMessages, setCustomerMessage: set, removeCustomerMessage: remove } = DISTRIBUTOR_OPERATIONS;

  const messages = async (distributorId: string): Promise<CustomerMessage[]> => {
    const own = await listMessages(db, distributorId);
    return OUTCOMES.flatMap((outcome) =>
      LANGUAGES.map((language) => {
        const row = own.find((each) => each.outcome === outcome && each.language === language);
        return {
          outcome,
          language,
          default: customerMessage(outcome, language),
          ...(row && { text: row.text, update_date: wireDate(row.updated_at) }),
        };
      }),
    );
  };
  type Key = Pick<CustomerMessage, 'outcome' | 'language'>;
  const one = async (distributorId: string, { outcome, language }: Key): Promise<CustomerMessage | undefined> =>
    (await messages(distributorId)).find((each) => each.outcome === outcome && each.language === language);

  serve(app, listCustomerMessages, async ({ query: { language } }, request) =>
    (await messages(distributorOf(request))).filter((each) => language === undefined || each.language === language),
  );

  serve(app, set, async ({ params, body: { text } }, request) => {
    const distributor_id = distributorOf(request);
    orFail((await setCustomerMessage(ctx, { distributor_id, ...params, text }, actorOf(request))) ?? {});
    return one(distributor_id, params);
  });

  serve(app, remove, async ({ params }, request) => {
    const distributor_id = distributorOf(request);
    orFail((await setCustomerMessage(ctx, { distributor_id, ...params, text: null }, actorOf(request))) ?? {});
    return one(distributor_id, params);
  });
}
