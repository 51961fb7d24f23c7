/** What a secured server of NATS needs, made anew for a test: certificates, and users who prove themselves by a key. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nkeys } from "@nats-io/transport-node";

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own, and a certificate of it for 127.0.0.1; or why there can be none. */
export function certificatesIn(folder: string): Certificates | string {
  const path = (name: string) => join(folder, name);
  const run = (...words: string[]) => execFileSync("openssl", words, { stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  try {
    run("version");
  } catch {
    return "openssl is not installed";
  }
  const ca = [...key, "-keyout", path("ca.key"), "-out", path("ca.pem"), "-subj", "/CN=test CA"];
  run("req", "-x509", "-days", "2", ...ca);
  const asked = ["-keyout", path("key.pem"), "-out", path("asked.pem"), "-subj", "/CN=test"];
  run("req", ...key, ...asked);
  writeFileSync(path("names"), "subjectAltName=IP:127.0.0.1");
  const signed = ["-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "2"];
  const named = ["-extfile", path("names"), "-out", path("cert.pem")];
  run("x509", "-req", "-in", path("asked.pem"), ...signed, ...named);
  return { ca: path("ca.pem"), cert: path("cert.pem"), key: path("key.pem") };
}

/** Lines for a server that lets in who proves to be a user of one account, and a file of credentials of such a one. */
export function jwtUser(folder: string): {
  readonly settings: string;
  readonly creds: string;
  readonly seed: string;
} {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const [operator, system, account, user] = [
    nkeys.createOperator(),
    ...[nkeys.createAccount(), nkeys.createAccount(), nkeys.createUser()],
  ] as const;
  const [systemKey, accountKey] = [system.getPublicKey(), account.getPublicKey()];
  const anything = { subs: -1, data: -1, payload: -1 };
  const limits = { ...anything, conn: -1, leaf: -1, imports: -1, exports: -1, wildcards: true };
  const storage = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
  const operatorToken = token(operator, operator.getPublicKey(), {
    ...{ type: "operator", version: 2, system_account: systemKey },
  });
  const accounts = {
    [systemKey]: token(operator, systemKey, { type: "account", version: 2, limits }),
    [accountKey]: token(operator, accountKey, {
      ...{ type: "account", version: 2, limits: { ...limits, ...storage } },
    }),
  };
  const userToken = token(account, user.getPublicKey(), {
    ...{ type: "user", version: 2, pub: {}, sub: {}, ...anything },
  });
  const seed = text(user.getSeed());
  const creds = join(folder, "user.creds");
  writeFileSync(
    creds,
    `-----BEGIN NATS USER JWT-----\n${userToken}\n------END NATS USER JWT------\n\n` +
      `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
  );
  const preloaded = Object.entries(accounts).map(([name, one]) => `${name}: "${one}"`);
  const settings = [
    ...[`operator: "${operatorToken}"`, `system_account: ${systemKey}`, "resolver: MEMORY"],
    `resolver_preload: { ${preloaded.join(", ")} }`,
  ].join("\n");
  return { settings, creds, seed };
}

/** Says something of a key, signed by another one. */
function token(by: ReturnType<typeof nkeys.createUser>, sub: string, nats: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const issued = Math.floor(Date.now() / 1000);
  const said = { jti: sub, iat: issued, iss: by.getPublicKey(), name: "test", sub, nats };
  const body = `${part({ typ: "JWT", alg: "ed25519-nkey" })}.${part(said)}`;
  return `${body}.${Buffer.from(by.sign(Buffer.from(body))).toString("base64url")}`;
}
