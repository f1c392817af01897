/** Where something is: WGS 84, degrees. */
export interface Place {
  latitude_deg: number;
  longitude_deg: number;
}

const NUMBER = String.raw`(-?\d{1,3}[.,]\d+)`;
const EXACT = String.raw`(-?\d{1,3}\.\d+)`;

/** How maps write a place into an address; where the longitude comes first, they are swapped. */
const IN_ADDRESSES: readonly { form: RegExp; isLongitudeFirst?: true }[] = [
  { form: new RegExp(`!3d${EXACT}!4d${EXACT}`) },
  { form: new RegExp(`mlat=${EXACT}&mlon=${EXACT}`) },
  { form: new RegExp(`#map=[\\d.]+/${EXACT}/${EXACT}`) },
  { form: new RegExp(`@${EXACT},${EXACT}`) },
  { form: new RegExp(`[?&](?:q|ll|query)=${EXACT}(?:,|%2C)${EXACT}`) },
  { form: new RegExp(`^geo:${EXACT},${EXACT}`) },
  { form: new RegExp(`[?&]c=${EXACT},${EXACT}`), isLongitudeFirst: true },
];
const PAIR = new RegExp(String.raw`^${NUMBER}°?\s*[,;\s]\s*${NUMBER}°?$`);
const DEGREES = String.raw`(\d{1,3})°\s*(\d{1,2})['’′]\s*(\d{1,2}(?:[.,]\d+)?)["”″]\s*`;
const SEXAGESIMAL = new RegExp(`^${DEGREES}([NS])[,\\s]*${DEGREES}([EWO])$`, 'i');

/**
 * The place that somebody copied from a map: two numbers, degrees with minutes and seconds, or the
 * address of a map's page. Null: it is none of these.
 */
export function placeIn(text: string): Place | null {
  const words = text.trim();
  if (words.includes(':')) return placeInAddress(words);
  const pair = PAIR.exec(words);
  if (pair) return checked(numberOf(pair[1]), numberOf(pair[2]));
  const parts = SEXAGESIMAL.exec(words);
  if (!parts) return null;
  const latitude = degreesOf(parts.slice(1, 4)) * (/s/i.test(parts[4] ?? '') ? -1 : 1);
  const longitude = degreesOf(parts.slice(5, 8)) * (/[wo]/i.test(parts[8] ?? '') ? -1 : 1);
  return checked(latitude, longitude);
}

function placeInAddress(address: string): Place | null {
  for (const { form, isLongitudeFirst } of IN_ADDRESSES) {
    const match = form.exec(address);
    if (!match) continue;
    const [first, second] = [numberOf(match[1]), numberOf(match[2])];
    return isLongitudeFirst ? checked(second, first) : checked(first, second);
  }
  return null;
}

function numberOf(text = ''): number {
  return Number(text.replace(',', '.'));
}

function degreesOf([degrees, minutes, seconds]: string[]): number {
  return numberOf(degrees) + numberOf(minutes) / 60 + numberOf(seconds) / 3600;
}

/** The platform takes no place beyond these: nobody is connected there. */
function checked(latitude_deg: number, longitude_deg: number): Place | null {
  const isPlace = Math.abs(latitude_deg) <= 66 && Math.abs(longitude_deg) <= 180;
  return isPlace ? { latitude_deg, longitude_deg } : null;
}
