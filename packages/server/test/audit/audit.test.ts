import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerWith, operatorOf, type PathCaller } from '../support/caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

describe.each(STORAGE_ENGINES)('the audit trail on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    operator = callerWith(server, world.demo.admin_token);
    for (const tag of ['one', 'two', 'three']) {
      await operator.patch(`/admin/v1/offers/${world.offer('empty')}`, { tags: [tag] });
    }
  });
  afterAll(async () => {
    await world?.remove();
  });

  const entries = async (query: string): Promise<{ id: string; actor: string }[]> =>
    (await operator.get(`/admin/v1/audit?action=offer.changed&${query}`)).body;

  it('is narrowed down by who did something, and when', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(await entries('actor=operator')).toHaveLength(3);
    expect(await entries('actor=nobody@demo.example')).toEqual([]);
    expect(await entries(`startDate=${today}`)).toHaveLength(3);
    expect(await entries('endDate=2020-01-01')).toEqual([]);
    expect((await operator.get('/admin/v1/audit?startDate=today')).body.reason).toBe('invalid_query_parameter');
  });

  it('is a file of all that the filters let through', async () => {
    const query = { action: 'offer.changed', limit: 2 };
    const sheet = await operatorOf(server, world.demo.admin_token).auditCsv(query);
    const lines = (await new Response(sheet).text()).trim().split(/\r?\n/);
    expect(lines[0]).toBe('date,actor,actor_email,action,subject,distributor_id,details,id');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('three');
  });
});
