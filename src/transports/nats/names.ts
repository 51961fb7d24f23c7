/** How streams, consumers and subjects of a queue are called. */

/** What announces every queue that has a coordinator, every second. */
export const ANNOUNCEMENTS = "hellfact.announce";

/** Streams of tasks are found by this. */
export const ALL_TASKS = "hellfact.*.task.>";

const STREAM = /^HELLFACT_([A-Za-z0-9]+)$/;

export const streamOf = (id: string) => `HELLFACT_${id}`;
export const bucketOf = (id: string) => `hellfact_${id}`;
/** The stream that a bucket is kept in. */
export const bucketStreamOf = (id: string) => `KV_${bucketOf(id)}`;
export const tasksOf = (id: string) => `hellfact.${id}.task.>`;
export const stageSubject = (id: string, stage: string) => `hellfact.${id}.task.${stage}.*`;
export const taskSubject = (id: string, stage: string, key: string) =>
  `hellfact.${id}.task.${stage}.${key}`;
/** What workers tell, what became of leases, and what the coordinator tells all workers. */
export const newsSubject = (id: string) => `hellfact.${id}.news`;
export const leasesSubject = (id: string) => `hellfact.${id}.leases`;
export const ordersSubject = (id: string) => `hellfact.${id}.orders`;
export const claimKey = (key: string) => `claim.${key}`;
/** The claims of a bucket, as its stream has them. */
export const claimSubjects = (id: string) => `$KV.${bucketOf(id)}.claim.*`;
export const ABOUT_KEY = "about";
export const deathAdvisories = (id: string) =>
  `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streamOf(id)}.*`;

/** Which queue a stream has the tasks of, if it is one of ours. */
export function idOf(stream: string): string | undefined {
  return STREAM.exec(stream)?.[1];
}
