/** How large the facts of a world are, who plays there and how long its days are. */
export interface Profile {
  /** What a fact takes as JSON, in the mean. */
  readonly factBytes: number;
  /** How often each generated fact is told: as other players' at other times. */
  readonly duplication: number;
  /** How long a game day lasts on the pipeline's clock. */
  readonly gameDayMilliseconds: number;
  /** Registered players. */
  readonly players: number;
  /** Players who may come on a day. Few of them come often, so others do not come at all. */
  readonly activePerDay: number;
  /** Events of a day for each of these, in the mean. */
  readonly eventsPerPlayer: number;
}

export const DAY_MILLISECONDS = 86_400_000;

export const DEFAULT_PROFILE: Profile = {
  factBytes: 40_000,
  duplication: 1,
  gameDayMilliseconds: DAY_MILLISECONDS,
  players: 400_000_000,
  activePerDay: 7_000_000,
  eventsPerPlayer: 150,
};

/** The least and the most that each field takes; all are whole numbers. */
export const PROFILE_LIMITS: Record<keyof Profile, { least: number; most: number }> = {
  factBytes: { least: 4_000, most: 1_048_576 },
  duplication: { least: 1, most: 1_000_000 },
  gameDayMilliseconds: { least: 1, most: DAY_MILLISECONDS },
  players: { least: 1, most: 500_000_000 },
  activePerDay: { least: 1, most: 500_000_000 },
  eventsPerPlayer: { least: 1, most: 100_000 },
};

/** What is wrong with a profile, in a sentence that names the field, or `undefined`. */
export function profileProblem(profile: Profile): string | undefined {
  for (const [field, { least, most }] of Object.entries(PROFILE_LIMITS)) {
    const value = profile[field as keyof Profile];
    if (!Number.isInteger(value) || value < least || value > most) {
      const said = value === undefined ? "missing" : JSON.stringify(value);
      return `${field} is ${said}. It takes a whole number from ${least} to ${most}.`;
    }
  }
  const { activePerDay, players } = profile;
  return activePerDay > players
    ? `activePerDay is ${activePerDay}, of ${players} players. Give no more than players.`
    : undefined;
}

/** The last fact of every world. */
export const LAST_INDEX = Number.MAX_SAFE_INTEGER;
