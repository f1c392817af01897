const HEADER =
  'Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;' +
  'Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire';
const HALF_HOUR_MS = 30 * 60_000;
const LOCAL = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** A meter, and how many watts it has in a half-hour that begins so many hours after midnight in UTC. */
export interface Meter {
  prm: string;
  direction: 'CONS' | 'PROD';
  watts: (utcHour: number) => number;
}

/** A file R63 as the DSO's portal gives it: a row for each half-hour, stamped at its end, in local time. */
export function r63(meters: readonly Meter[], from: Date, to: Date): string {
  const rows = meters.flatMap(({ prm, direction, watts }) => {
    const ofMeter: string[] = [];
    for (let start = from.getTime(); start < to.getTime(); start += HALF_HOUR_MS) {
      const stamp = LOCAL.format(new Date(start + HALF_HOUR_MS));
      const value = watts(new Date(start).getUTCHours());
      ofMeter.push(
        `${prm};2026-10-01 00:00:00;2026-11-01 00:00:00;PA;${direction};BRUT;W;${stamp};${value};B;PT30M;0;0`,
      );
    }
    return ofMeter;
  });
  return [HEADER, ...rows, ''].join('\n');
}
