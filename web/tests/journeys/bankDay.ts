const DAY_MS = 24 * 60 * 60_000;
const RESTING = ['01-01', '05-01', '12-25', '12-26'];

/** The day, or the next Wednesday or Thursday: banks rest on some of them by date alone. */
export function bankDay(from: Date): string {
  for (let days = 0; ; days += 1) {
    const day = new Date(from.getTime() + days * DAY_MS);
    const text = day.toISOString().slice(0, 10);
    if ([3, 4].includes(day.getUTCDay()) && !RESTING.includes(text.slice(5))) return text;
  }
}
