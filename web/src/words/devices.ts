/** Begins of what browsers call themselves. Many claim to be others too: the order counts. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

interface Device {
  /** The browser or program; empty: it did not say. */
  program: string;
  /** What it runs on; empty: it did not say. */
  system: string;
}

/** What a session was opened with, from what the program said it is. */
export function deviceOf(userAgent: string): Device {
  return {
    program: nameIn(BROWSERS, userAgent) ?? userAgent.split('/')[0]?.trim() ?? '',
    system: nameIn(SYSTEMS, userAgent) ?? '',
  };
}

function nameIn(names: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}
