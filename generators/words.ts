/** The words of the world of totalhelldeath. Facts share these strings instead of making new ones. */

export const PLAYER_NAMES = [
  "Ash",
  "Brimstone",
  "Cinder",
  "Dread",
  "Ember",
  "Faust",
  "Gallows",
  "Hex",
  "Ignis",
  "Jörmungandr",
  "Kråke",
  "Löwenherz",
  "Mørke",
  "Nyx",
  "Obsidian",
  "Pyre",
  "Quill",
  "Ragnarök",
  "Søren",
  "Tharn",
  "Ürsula",
  "Vex",
  "Wraith",
  "Xanthe",
  "Ysolde",
  "Žofia",
  "影武者",
  "地獄",
  "Дракон",
  "Волк",
  "불꽃",
  "🔥inferno",
] as const;

export const GUILDS = [
  "Ninth Circle",
  "Les Damnés",
  "Höllenhunde",
  "Salt & Sulphur",
  "Limbo Haulage",
  "黒い太陽",
  "Styx Ferry Company",
  "Pandemonium",
  "Последний круг",
  "Gehenna Traders",
] as const;

/** Country, locale. */
export const PLACES_OF_ORIGIN = [
  ["US", "en-US"],
  ["DE", "de-DE"],
  ["BR", "pt-BR"],
  ["JP", "ja-JP"],
  ["KR", "ko-KR"],
  ["FR", "fr-FR"],
  ["IN", "en-IN"],
  ["GB", "en-GB"],
  ["MX", "es-MX"],
  ["PL", "pl-PL"],
] as const;

export const SEGMENTS = [
  "new",
  "returning",
  "whale",
  "minnow",
  "lapsed",
  "vip",
  "trader",
  "runner",
  "beta",
  "night-owl",
] as const;

export const EXPERIMENTS = [
  "revive-price",
  "chest-odds",
  "store-layout",
  "tutorial",
  "ads",
] as const;
export const ARMS = ["control", "a", "b"] as const;

/** Model, operating system, cores, memory, width, height, scale. */
export const DEVICES = [
  ["Pixel 6", "Android", 8, 8192, 1080, 2400, 2.625],
  ["SM-G991B", "Android", 8, 8192, 1080, 2400, 3],
  ["SM-A125F", "Android", 8, 4096, 720, 1600, 1.75],
  ["Redmi Note 9", "Android", 8, 4096, 1080, 2340, 2.75],
  ["iPhone14,2", "iOS", 6, 6144, 1170, 2532, 3],
  ["iPhone12,1", "iOS", 6, 4096, 828, 1792, 2],
  ["iPad13,1", "iOS", 6, 4096, 1640, 2360, 2],
] as const;

export const OS_VERSIONS = ["10", "11", "12.1", "13", "14.4.1", "15.6", "16.0.2"] as const;
export const BUILD_CHANNELS = ["store", "beta", "nightly"] as const;

export const OBSTACLES = [
  "bone-wall",
  "lava-gap",
  "swinging-axe",
  "low-beam",
  "imp-swarm",
  "spike-pit",
  "rolling-skull",
] as const;
export const POWER_UPS = ["magnet", "shield", "wings", "double-coins", "time-warp"] as const;
export const CAUSES_OF_DEATH = ["fell", "burned", "crushed", "impaled", "devoured"] as const;
export const DISTRICTS = [
  "Ashen Causeway",
  "Bridge of Sighs",
  "Cocytus",
  "Malebolge",
  "Vestibule",
  "Wood of Thorns",
] as const;
export const OFFERS = ["starter-pack", "revive-bundle", "coin-doubler", "season-pass"] as const;

export const EARNING_REASONS = [
  "run-reward",
  "mission",
  "sale",
  "bounty",
  "gift",
  "refund",
] as const;
export const SPENDING_REASONS = [
  "purchase",
  "revive",
  "upgrade",
  "tax",
  "broker-fee",
  "repair",
] as const;

export const CHAT_CHANNELS = ["local", "guild", "trade"] as const;
export const CHAT_LINES = [
  "gg",
  "anyone selling brimstone?",
  "wts 200 ember shards",
  "lol that axe",
  "¿alguien para Malebolge?",
  "brb",
  "nächster Lauf in 5",
  "who took my order",
  "はやい!",
  "o7",
  "спасибо",
  "price check pls",
  "🔥🔥🔥",
  "Je vends tout, pas cher",
  "need 2 for bounty",
  "nice run",
  "fly safe",
] as const;
