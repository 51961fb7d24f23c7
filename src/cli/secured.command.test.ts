/** Servers that let in nobody but who proves who they are, by way of TLS: all commands that speak to one do, and tell nobody. */
import { spawn, type ChildProcess } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { hellfact, type Finished } from "../testing/command.js";
import { ownNats } from "../testing/nats.js";
import { certificatesIn, jwtUser } from "../testing/nats-credentials.js";

const MAIN = resolve(import.meta.dirname, "../../dist/src/cli/main.js");
const PASSWORD = "hunter2 of the server";
const root = mkdtempSync(join(tmpdir(), "hellfact-secured-"));
const workers: ChildProcess[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Access {
  readonly url: string;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secret: string;
}

/** All that is in the files below a folder. */
function contentBelow(place: string): string {
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .map((name) => join(place, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("");
}

/** Does with a server whatever can be done, and looks for what is secret in all that is said and kept. */
async function everything({ url, words, env, secret }: Access, folder: string): Promise<void> {
  mkdirSync(folder);
  const said: string[] = [];
  const done = async (...line: string[]): Promise<Finished> => {
    const finished = await hellfact([...line, ...words], { env, cwd: folder });
    said.push(finished.stdout, finished.stderr);
    expect(finished).toMatchObject({ code: 0 });
    return finished;
  };
  const facts = ["--facts", "40", "--fact-size", "4KB", "--out", "out"];
  const worker = spawn(process.execPath, [MAIN, "work", url, "--cores", "1", "--jobs", ...words], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  workers.push(worker);
  for (const output of [worker.stdout, worker.stderr]) {
    output.on("data", (data: Buffer) => said.push(data.toString()));
  }
  await done("run", ...facts, "--sink", `${url}/events`);
  await done("run", "--input", `${url}/events`, "--sink", "file:read", "--out", "out");
  expect((await hellfact(["verify", join(folder, "read")])).stdout).toContain("whole; 40 facts");
  await done("run", ...facts, "--cluster", url, "--sink", "file:made");
  expect((await hellfact(["verify", join(folder, "made")])).stdout).toContain("whole; 40 facts");
  const objects = `${url.replace(/^\w+/, "nats-objects")}/objects`;
  await done("run", ...facts, "--cluster", url, "--sink", objects);
  await done("fetch-parts", objects, "got");
  writeFileSync(
    join(folder, "jobs.yaml"),
    `parts: 1..3\nstages:\n  one: {permits: 2, run: "echo {part} > {output}", output: "{part}"}\n`,
  );
  await done("queue", "jobs.yaml", "--cluster", url);
  expect(readFileSync(join(folder, "3"), "utf8")).toBe("3\n");
  expect(said.join("")).toContain("waiting for work");
  expect(said.join("") + contentBelow(folder)).not.toContain(secret);
}

test("by TLS with certificates on both sides, and a user and a password", async ({ skip }) => {
  const certificates = certificatesIn(root);
  if (typeof certificates === "string") return skip(certificates);
  const { ca, cert, key } = certificates;
  const nats = await ownNats(
    1,
    `tls { cert_file: "${cert}", key_file: "${key}", ca_file: "${ca}", verify: true }
authorization { user: me, password: "${PASSWORD}" }`,
  );
  if (typeof nats === "string") return skip(nats);
  try {
    const words = ["--tls-ca", ca, "--tls-cert", cert, "--tls-key", key];
    const env = { NATS_USER: "me", NATS_PASSWORD: PASSWORD };
    const url = nats.url.replace("nats", "tls");
    await everything({ url, words, env, secret: PASSWORD }, join(root, "tls"));

    const run = ["run", "--facts", "1", "--cluster", url, "--sink", `file:${join(root, "no")}`];
    const unknown = await hellfact([...run, "--tls-cert", cert, "--tls-key", key], { env });
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.stderr).toContain("Give --tls-ca FILE");
    const wrong = { NATS_USER: "me", NATS_PASSWORD: "another word" };
    const refused = await hellfact(["work", url, ...words], { env: wrong });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("does not let this user in");
    expect(refused.stderr).not.toContain("another word");
  } finally {
    await nats.end();
  }
});

test("by a file of credentials with a key", async ({ skip }) => {
  const { settings, creds, seed } = jwtUser(root);
  const nats = await ownNats(1, settings);
  if (typeof nats === "string") return skip(nats);
  try {
    const access = { url: nats.url, words: ["--creds", creds], env: {}, secret: seed };
    await everything(access, join(root, "creds"));

    const nobody = await hellfact(["work", nats.url]);
    expect(nobody).toMatchObject({ code: 2 });
    expect(nobody.stderr).toContain("does not let this user in");
    const { creds: stranger, seed: other } = jwtUser(mkdtempSync(join(root, "stranger-")));
    const refused = await hellfact(["work", nats.url, "--creds", stranger]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).not.toContain(other);
  } finally {
    await nats.end();
  }
});
