import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { platform } from './visitor';

const ORIGIN = /^http:\/\/127\.0\.0\.1:\d+/;
const PATIENCE_MS = 15_000;

/** The last address in a mail to somebody that fits; waits until there is such a mail. */
export async function linkMailedTo(
  email: string,
  pattern: RegExp,
  folder = platform.mails,
): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      () => {
        link = mailsTo(email, folder)
          .map((text) => text.match(pattern)?.[0])
          .find(Boolean);
        return link;
      },
      { timeout: PATIENCE_MS },
    )
    .toBeTruthy();
  // What was mailed as the demonstration was loaded names the port on which that ran.
  return (link ?? '').replace(ORIGIN, folder === platform.mails ? platform.url : '$&');
}

/** The texts of all mails to somebody, the last one first. */
function mailsTo(email: string, folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => join(folder, name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
    .map((path) => readFileSync(path, 'utf8'))
    .filter((mail) => new RegExp(`^To:.*${email}`, 'm').test(mail))
    .map(decode);
}

/** Quoted-printable, as far as addresses need it. */
function decode(mail: string): string {
  return mail
    .replace(/=\r?\n/g, '')
    .replace(/=3D/g, '=')
    .replace(/=23/g, '#');
}
