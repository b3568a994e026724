import { writeFile } from 'node:fs/promises';
import { allOf, CommandLine } from '@opentopup/client/testing';
import type { DocumentKeySet, SignedDocument } from '@opentopup/contract';
import { verifySigned } from '@opentopup/contract/signing/verify-signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { listDocumentKeys } from '../../src/signing/document-keys.query.ts';
import { rotateDocumentKey } from '../../src/signing/document-keys.ts';
import { publicKeyOf } from '../../src/signing/document-keys.wire.ts';
import { signDocument } from '../../src/signing/sign.ts';
import { operatorOf } from '../support/caller.ts';
import { contextOn } from '../support/context.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const DOCUMENT = { type: 'note', text: 'Ten units, as agreed – 79,20 €' };

describe.each(ENGINES)('documents that prove themselves, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let shell: CommandLine;

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    shell = await CommandLine.create();
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
    await shell?.remove();
  });

  const signer = (key: Buffer | null = Buffer.from(SEALING_KEY, 'base64url')): Context =>
    contextOn(db, { seal: key && createSeal(key) });
  const signed = async (ctx: Context): Promise<SignedDocument> => {
    const made = await signDocument(ctx, DOCUMENT);
    if ('reason' in made) throw new Error(made.reason);
    return made;
  };
  const kids = async (): Promise<string[]> =>
    (await db.query<{ kid: string }>('SELECT kid FROM document_keys ORDER BY created_at')).map(({ kid }) => kid);
  let first: SignedDocument;

  it('are not signed where nothing seals the key', async () => {
    expect(await signDocument(signer(null), DOCUMENT)).toMatchObject({
      reason: 'not_configured',
      details: { detail: 'SEALING_KEY' },
    });
    expect(await kids()).toEqual([]);
  });

  it('are signed with one key, though many need the first at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => signed(signer())));
    const [one] = made;
    if (!one) throw new Error('nothing was signed');
    first = one;
    expect(await kids()).toEqual([first.signature.kid]);
    expect(new Set(made.map(({ signature }) => signature.value)).size).toBe(1);
  });

  it('are signed with a new key after a rotation, of which one happens where two do it at once', async () => {
    await Promise.all([rotateDocumentKey(signer(), 'operator'), rotateDocumentKey(signer(), 'operator')]);
    const known = await kids();
    expect(known.length === 2 || known.length === 3).toBe(true);
    expect((await signed(signer())).signature.kid).toBe(known.at(-1));
    expect(await db.query('SELECT FROM document_keys WHERE sealed IS NOT NULL')).toHaveLength(1);
  });

  it('are signed with a new key where the old one cannot be opened any more', async () => {
    const before = await kids();
    const { kid } = (await signed(signer(Buffer.alloc(32, 9)))).signature;
    expect(await kids()).toEqual([...before, kid]);
  });

  it('keep their public keys for ever', async () => {
    await expect(db.query('DELETE FROM document_keys')).rejects.toThrow(/append|refuse|never/i);
  });

  it('are proved by one command, with the keys that were published, whatever was rotated since', async () => {
    const keys: DocumentKeySet = { keys: (await listDocumentKeys(db, { offset: 0, limit: 100 })).map(publicKeyOf) };
    expect(keys.keys[0]?.kid).toBe((await kids()).at(-1));
    expect(await verifySigned(first, keys)).toBe('valid');

    const verify = async (name: string, text: string) => {
      await writeFile(shell.file(name), text);
      return shell.run('verify', shell.file(name), '--keys', shell.file('jwks.json'));
    };
    await writeFile(shell.file('jwks.json'), JSON.stringify(keys));
    const genuine = { exit: 0, stdout: expect.stringContaining('Genuine') };
    expect(await verify('note.json', JSON.stringify(first, null, 2))).toMatchObject(genuine);
    const changed = { exit: 1, stdout: expect.stringContaining('NOT') };
    expect(await verify('note.json', JSON.stringify(first).replace('Ten', 'Two'))).toMatchObject(changed);
    expect(await verify('note.json', '{}')).toMatchObject({ exit: 2, stderr: expect.stringContaining('no signed') });
  });
});

describe.each(ENGINES)('the keys of documents on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY });
  });
  afterAll(() => world.remove());

  it('are rotated by the operator, and published for everybody', async () => {
    const { documentKeys } = operatorOf(server, world.demo.admin_token);
    const made = [await documentKeys.rotate(), await documentKeys.rotate()];
    const listed = await allOf(documentKeys.list());
    expect(listed.map(({ kid }) => kid)).toEqual(made.map(({ kid }) => kid).toReversed());
    expect(listed.map(({ retirement_date }) => retirement_date !== undefined)).toEqual([false, true]);
    const published = (await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json()) as DocumentKeySet;
    expect(published.keys.map(({ kid }) => kid)).toEqual(listed.map(({ kid }) => kid));
    const trail = await allOf(operatorOf(server, world.demo.admin_token).audit({ action: 'document_key.rotated' }));
    expect(trail).toMatchObject([
      { actor: 'operator', subject: made[1]?.kid, details: { before: { kid: made[0]?.kid } } },
    ]);
  });
});
