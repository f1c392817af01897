// Types of the four APIs and the slugs of their refusals, from their OpenAPI documents:
// node scripts/schema.mjs FOLDER
// FOLDER is what `elocoop openapi --folder FOLDER` has written.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/schema.mjs FOLDER');
// Words are two thirds of the bytes, and change no type; whoever wants them reads /docs.
function withoutWords(key, value) {
  // A string: a field of that name is an object.
  const isWords =
    ['description', 'summary', 'title', 'format'].includes(key) && typeof value === 'string';
  return isWords || key === 'examples' ? undefined : value;
}

// By slug the statuses with which it comes, as the examples of all routes tell, and whether it comes
// from a route for members, or for anybody.
const slugs = {};
function noteSlugs(document) {
  for (const route of Object.values(document.paths).flatMap(Object.values)) {
    const isMembers = route['x-roles']?.includes('member') ?? true;
    for (const [status, { content }] of Object.entries(route.responses ?? {})) {
      const examples = content?.['application/problem+json']?.examples ?? {};
      for (const { value } of Object.values(examples)) {
        const slug = value.type.replace('/problems/', '');
        const known = slugs[slug] ?? { statuses: [], isMembers: false };
        slugs[slug] = {
          statuses: [...new Set([...known.statuses, Number(status)])],
          isMembers: known.isMembers || isMembers,
        };
      }
    }
  }
}

const schema = new URL('../src/api/schema/', import.meta.url);
await mkdir(schema, { recursive: true });
for (const service of ['community', 'ingest', 'allocation', 'billing']) {
  const document = JSON.parse(await readFile(`${folder}/${service}.json`, 'utf8'));
  noteSlugs(document);
  const nodes = await openapiTS(JSON.parse(JSON.stringify(document, withoutWords)), {
    alphabetize: true,
    defaultNonNullable: false,
  });
  const text = `// Made by scripts/schema.mjs; \`make web-check\` makes it anew.\n${astToString(nodes)}`;
  await writeFile(new URL(`${service}.d.ts`, schema), text);
}
await writeFile(new URL('slugs.json', schema), JSON.stringify(slugs));
