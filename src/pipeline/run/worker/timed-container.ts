import type { Container } from "../../../core/container.js";
import type { StageClock } from "./stages.js";

/** The same container, with the time that it takes to write counted as encoding. */
export function timedContainer(clock: StageClock, container: Container): Container {
  return {
    read: (pieces) => container.read(pieces),
    openFile: () => {
      const file = container.openFile();
      return {
        add: clock.timed("encode", (out, facts) => file.add(out, facts)),
        end: clock.timed("encode", (out) => file.end(out)),
      };
    },
  };
}
