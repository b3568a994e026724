import { expect, it } from 'vitest';
import { masked } from './mask-lines.ts';

it('masks lines and SIMs wherever they stand, and leaves out what installs an eSIM', () => {
  const answer = [
    { id: '1', parameters: { msisdn: '+33684587587' } },
    { id: '2', parameters: { iccid: '8933011122223333', activation_code: 'LPA:1$x$y', puk: '1234' }, at: null },
  ];
  expect(masked(answer)).toEqual([
    { id: '1', parameters: { msisdn: '+33 6 •• •• •• 87' } },
    { id: '2', parameters: { iccid: '••••••••••••3333' }, at: null },
  ]);
});
