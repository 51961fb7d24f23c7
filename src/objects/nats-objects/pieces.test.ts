import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownNats } from "../../testing/nats.js";
import { openLink } from "../../transports/nats/open-link.js";
import { openBucket } from "./open.js";

test("what lost its pieces is put again, and pieces of nothing are taken away", async ({
  skip,
}) => {
  const nats = await ownNats();
  if (typeof nats === "string") {
    skip(nats);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "hellfact-pieces-"));
  const path = join(folder, "file");
  writeFileSync(path, "x".repeat(300_000));
  const store = await openBucket(`${nats.url.replace("nats", "nats-objects")}/b`, {});
  const link = await openLink(nats.url, {});
  try {
    expect(await store.put("whole", path, "")).toBeUndefined();
    expect(await store.put("lost", path, "")).toBeUndefined();
    const last = await link.jsm.streams.getMessage("OBJ_b", { last_by_subj: "$O.b.M.*" });
    const lost = last?.json<{ nuid: string }>().nuid;
    await link.jsm.streams.purge("OBJ_b", { filter: `$O.b.C.${lost}` });
    expect(await store.look("lost")).toBeUndefined();
    expect(await store.put("lost", path, "again")).toBeUndefined();
    expect(await store.look("lost")).toEqual({ bytes: 300_000, note: "again" });

    await link.js.publish("$O.b.C.killed", "half of it");
    await store.tidy?.();
    const { state } = await link.jsm.streams.info("OBJ_b", { subjects_filter: "$O.b.C.>" });
    expect(Object.values(state.subjects ?? {})).toEqual([3, 3]);
    expect(await store.look("whole")).toMatchObject({ bytes: 300_000 });
  } finally {
    await link.connection.close();
    await store.close();
    await nats.end();
    rmSync(folder, { recursive: true, force: true });
  }
});
