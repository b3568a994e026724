import Type from 'typebox';
import { EXAMPLE_IDS } from '../examples.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, Id, list } from '../operations/parts.ts';
import { Page } from '../service.ts';
import {
  Delivery,
  DeliveryStatus,
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookCreation,
  WebhookRotation,
} from '../webhooks/webhooks.ts';
import { Event, EventPage, EventTypes, LastEventId } from './events.ts';

const ours = { access: 'distributor', extension: true } as const;
const OfDelivery = Type.Object({ id: Uuid, event_id: Uuid });

/** The answer of a stream of events. */
export const STREAM = {
  200: {
    description: 'Server-sent events, until you close the connection, or your token ends; each has the id of its event',
    also: ['text/event-stream'],
  },
} as const;

/** What happens, told to the distributor: as a list, as a stream, to its endpoints. */
export const EVENT_OPERATIONS = {
  listEvents: operation({
    id: 'listEvents',
    method: 'GET',
    path: '/v1/events',
    tag: 'Events',
    summary: 'What has happened, from a cursor on',
    description:
      'Oldest first: ask again with the id of the last event that you have, and you miss none. An event whose time is ' +
      'over is no cursor any more (`event_gone`), unless it is the last that there was.',
    ...ours,
    query: EventPage,
    answers: list('A page of events', Event),
    reasons: ['event_gone'],
  }),
  streamEvents: operation({
    id: 'streamEvents',
    method: 'GET',
    path: '/v1/events/stream',
    tag: 'Events',
    summary: 'What happens, as it happens',
    description:
      'Begins after the event in `Last-Event-ID`, without a gap and without repeating one; without that, now. At most 10 ' +
      'streams for each client.',
    ...ours,
    query: EventTypes,
    headers: LastEventId,
    answers: STREAM,
    reasons: ['event_gone', 'too_many_streams'],
  }),

  createWebhook: operation({
    id: 'createWebhook',
    method: 'POST',
    path: '/v1/webhooks',
    tag: 'Webhooks',
    summary: 'Adds an endpoint; it is told what happens from now on',
    description: 'At most 20 for each distributor. What is sent is signed as Standard Webhooks.',
    ...ours,
    body: WebhookCreation,
    bodyExample: { url: 'https://shop.example/opentopup', events: ['transaction.resolved', 'stock.low'] },
    answers: { 201: answer('The webhook, with its secret', NewWebhook) },
    reasons: ['too_many_webhooks', 'not_configured'],
  }),
  listWebhooks: operation({
    id: 'listWebhooks',
    method: 'GET',
    path: '/v1/webhooks',
    tag: 'Webhooks',
    summary: 'Your endpoints, oldest first',
    ...ours,
    answers: list('All of them', Webhook),
  }),
  getWebhook: operation({
    id: 'getWebhook',
    method: 'GET',
    path: '/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'One endpoint',
    ...ours,
    params: Id,
    answers: { 200: answer('The webhook', Webhook) },
  }),
  changeWebhook: operation({
    id: 'changeWebhook',
    method: 'PATCH',
    path: '/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'Changes an endpoint, pauses it, or makes it active again',
    ...ours,
    params: Id,
    body: WebhookChange,
    bodyExample: { status: 'paused' },
    answers: { 200: answer('The webhook as it is now', Webhook) },
  }),
  rotateWebhook: operation({
    id: 'rotateWebhook',
    method: 'POST',
    path: '/v1/webhooks/{id}/rotations',
    tag: 'Webhooks',
    summary: 'A new secret; the old one signs too for a while',
    ...ours,
    params: Id,
    body: WebhookRotation,
    bodyExample: { overlap_s: 3600 },
    answers: { 201: answer('The webhook, with its new secret', NewWebhook) },
    reasons: ['not_configured'],
  }),
  testWebhook: operation({
    id: 'testWebhook',
    method: 'POST',
    path: '/v1/webhooks/{id}/tests',
    tag: 'Webhooks',
    summary: 'Sends the event `webhook.test` to this endpoint',
    ...ours,
    params: Id,
    answers: { 201: answer('The delivery, still pending', Delivery) },
  }),
  listDeliveries: operation({
    id: 'listDeliveries',
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries',
    tag: 'Webhooks',
    summary: 'How events fared at an endpoint, newest first',
    description: 'Kept as long as the events. An event is listed once it was sent, or had to wait.',
    ...ours,
    params: Id,
    query: Type.Object({ ...Page.properties, status: Type.Optional(DeliveryStatus) }),
    answers: list('A page of deliveries', Delivery),
  }),
  getDelivery: operation({
    id: 'getDelivery',
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries/{event_id}',
    tag: 'Webhooks',
    summary: 'How one event fared at an endpoint',
    ...ours,
    params: OfDelivery,
    answers: { 200: answer('The delivery', Delivery) },
  }),
  resendDelivery: operation({
    id: 'resendDelivery',
    method: 'POST',
    path: '/v1/webhooks/{id}/deliveries/{event_id}/resends',
    tag: 'Webhooks',
    summary: 'Sends an event to an endpoint again, whatever became of it before',
    ...ours,
    params: OfDelivery,
    answers: { 201: answer('The delivery, pending again', Delivery) },
  }),
  deleteWebhook: operation({
    id: 'deleteWebhook',
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'Removes an endpoint for good',
    ...ours,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.webhook] } }),
    answers: { 200: answer('The webhook as it was', Webhook) },
  }),
} as const;
