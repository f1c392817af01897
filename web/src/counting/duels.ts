import { add, type Choice, type Outcome, type Vote, zeros } from './ballots';

type Duels = Map<string, Map<string, number>>;

/** Ranked ballots: duels of all pairs of options, decided by Schulze's strongest paths. */
export function countDuels(options: readonly string[], votes: readonly Vote[]): Outcome {
  const duels = duelsOf(options, votes);
  const paths = strongestPaths(options, duels);
  const isAnything = [...duels.values()].some((row) => [...row.values()].some(Boolean));
  const winners = options.filter((one) =>
    options.every((other) => weight(paths, one, other) >= weight(paths, other, one)),
  );
  return {
    winners: isAnything ? winners : [],
    duels: Object.fromEntries([...duels].map(([one, row]) => [one, Object.fromEntries(row)])),
  };
}

function duelsOf(options: readonly string[], votes: readonly Vote[]): Duels {
  const duels: Duels = new Map(
    options.map((one) => [one, zeros(options.filter((other) => other !== one))]),
  );
  for (const vote of votes) {
    const place = placesOf(vote.choice);
    for (const [one, row] of duels) {
      for (const other of row.keys()) {
        if (place(one) < place(other)) add(row, other, vote.weight);
      }
    }
  }
  return duels;
}

/** The place of an option; those that are not named share the last. */
function placesOf({ ranks = [] }: Choice): (option: string) => number {
  return (option) => {
    const place = ranks.findIndex((rank) => rank.includes(option));
    return place < 0 ? ranks.length : place;
  };
}

/** Of a path its weakest victory counts; Floyd and Warshall's way to find the strongest. */
function strongestPaths(options: readonly string[], duels: Duels): Duels {
  const paths: Duels = new Map();
  for (const [one, row] of duels) {
    const won = [...row].map(([other, votes]): [string, number] => [
      other,
      votes > weight(duels, other, one) ? votes : 0,
    ]);
    paths.set(one, new Map(won));
  }
  for (const middle of options) {
    for (const one of options) {
      for (const other of options) {
        if (new Set([middle, one, other]).size < 3) continue;
        const through = Math.min(weight(paths, one, middle), weight(paths, middle, other));
        paths.get(one)?.set(other, Math.max(weight(paths, one, other), through));
      }
    }
  }
  return paths;
}

function weight(duels: Duels, one: string, other: string): number {
  return duels.get(one)?.get(other) ?? 0;
}
