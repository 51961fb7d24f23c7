/** The words of the world of totalhelldeath. Facts share these strings instead of making new ones. */

export const NAMES = [
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
  "Knell",
  "Löwenherz",
  "Mourn",
  "Nyx",
  "Obsidian",
  "Pyre",
  "Quill",
  "Ragnarök",
  "Søren",
  "Tharn",
  "Umbra",
  "Vex",
  "Wraith",
  "Xanthe",
  "Ysolde",
  "Žofia",
  "影武者",
  "地獄",
  "Дракон",
  "Scythe",
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

/** Country, locale, currency. */
export const PLACES_OF_ORIGIN = [
  ["US", "en-US", "USD"],
  ["DE", "de-DE", "EUR"],
  ["BR", "pt-BR", "BRL"],
  ["JP", "ja-JP", "JPY"],
  ["KR", "ko-KR", "KRW"],
  ["FR", "fr-FR", "EUR"],
  ["IN", "en-IN", "INR"],
  ["GB", "en-GB", "GBP"],
  ["MX", "es-MX", "MXN"],
  ["PL", "pl-PL", "PLN"],
] as const;
export const CURRENCIES = [...new Set(PLACES_OF_ORIGIN.map(([, , currency]) => currency))];

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
  "spike-pit",
  "rolling-skull",
] as const;
export const ENEMIES = [
  "imp-swarm",
  "hellhound",
  "furnace-golem",
  "harpy",
  "gravedigger",
  "Minos",
] as const;
export const POWER_UPS = ["magnet", "shield", "wings", "double-coins", "time-warp"] as const;
export const CAUSES_OF_DEATH = [
  "fell",
  "burned",
  "crushed",
  "impaled",
  "slain",
  "devoured",
] as const;
export const DISTRICTS = [
  "Ashen Causeway",
  "Bridge of Sighs",
  "Cocytus",
  "Malebolge",
  "Vestibule",
  "Wood of Thorns",
  "Río de Fuego",
  "City of Dis",
] as const;
export const OFFERS = ["starter-pack", "revive-bundle", "coin-doubler", "season-pass"] as const;

export const OFFER_PRICES = [0.99, 1.99, 2.49, 4.99, 9.99, 14.99, 19.99, 49.99] as const;

/** What earns coins, and then what costs them. */
export const EARNINGS = ["run-reward", "mission", "sale", "bounty", "gift", "refund"] as const;
export const SPENDINGS = ["purchase", "revive", "upgrade", "tax", "broker-fee", "repair"] as const;

export const ORDER_TYPES = ["buy", "sell"] as const;
export const CONTRACT_KINDS = ["courier", "item-exchange", "auction", "bounty"] as const;
export const ACTIVITIES = ["manufacture", "refine", "copy", "research", "invent"] as const;
/** Items are made of one and are the other: "ember-shard". */
export const MATERIALS = [
  "ash",
  "bone",
  "brimstone",
  "cinder",
  "ember",
  "iron",
  "obsidian",
  "pitch",
  "salt",
  "silver",
  "sulphur",
  "tar",
] as const;
export const FORMS = [
  "arrow",
  "blade",
  "charm",
  "chain",
  "dust",
  "flask",
  "helm",
  "ingot",
  "lantern",
  "ore",
  "ring",
  "rope",
  "shard",
  "shield",
  "tooth",
  "wheel",
] as const;

export const REGIONS = ["eu-central", "us-east", "us-west", "sa-east", "ap-northeast"] as const;
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
  "any courier to Dis?",
  "two more runs then bed",
  "reported",
] as const;
