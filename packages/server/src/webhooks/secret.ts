import { randomBytes } from 'node:crypto';
import { SECRET_PREFIX } from '@opentopup/contract/webhooks/webhook-headers';

/** Gives a new secret of an endpoint: 256 random bits. */
export const newWebhookSecret = (): string => `${SECRET_PREFIX}${randomBytes(32).toString('base64')}`;

/** Tells what the secret of an endpoint is sealed for. */
export const sealedForWebhook = (webhookId: string): string => `webhook ${webhookId}`;
