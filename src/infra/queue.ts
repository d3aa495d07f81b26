/** What a message asks for: one job of one dataset. */
export interface Task {
  /** Id of the message; stored as `jobs.celery_task_id`. */
  id: string;
  datasetId: string;
  jobId: string;
}

/** What the worker says of a delivery. `later` gives it back, to be delivered again after some time. */
export type Outcome = 'done' | 'dead' | 'later';

export interface Consumer {
  /** Stops taking messages; those under way are still answered. Resolves when all are. */
  stop(): Promise<void>;
}

/** The broker: RabbitMQ or, embedded, a queue in Postgres. Delivers at least once. */
export interface Queue {
  /** Resolves when the broker holds the message durably. @throws when it does not answer */
  publish(task: Task): Promise<void>;
  /** Runs `handle` for each message, at most `concurrency` at a time, and keeps consuming over losses of the connection. */
  consume(concurrency: number, handle: (task: Task) => Promise<Outcome>): Promise<Consumer>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export const TASK_NAME = 'process_dataset';
