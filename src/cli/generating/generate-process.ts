/** The process that makes facts with a codec of somebody else, into a file that it was given. */
import { OUTPUT } from "../../process/client.js";
import { serve, tellNews } from "../../process/serve.js";
import { descriptorSink } from "../../sinks/descriptor.js";
import type { GenerateNews, GenerateReply } from "./in-child.js";
import { generateFacts, type GenerateJob } from "./job.js";

class ReaderLeft extends Error {}

serve(async (job: GenerateJob): Promise<GenerateReply> => {
  const tell = (news: GenerateNews) => tellNews(news);
  const sink = descriptorSink(OUTPUT, job.output, () => {
    throw new ReaderLeft();
  });
  const write = (batch: Uint8Array) => {
    tell({ kind: "writing" });
    sink.write(batch);
    tell({ kind: "written" });
  };
  try {
    const generated = await generateFacts(job, { write }, (written) => {
      tell({ kind: "progress", written });
      return true;
    });
    return { kind: "generated", generated };
  } catch (error) {
    if (error instanceof ReaderLeft) return { kind: "reader left" };
    throw error;
  }
});
