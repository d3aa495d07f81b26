/** What a message asks for: one job of one dataset. */
export interface Task {
  /** Id of the message; stored as `jobs.celery_task_id`. */
  id: string;
  datasetId: string;
  jobId: string;
  /** Not to be worked before then: a stock client's countdown. */
  notBefore?: Date;
  /** Not to be worked after then. */
  expires?: Date;
}

/** What the worker says of a delivery. `later` gives it back, for another worker; `dead` sets it aside. */
export type Delivery = 'done' | 'dead' | 'later';

export interface Consumer {
  /** Stops taking messages; those under way are still answered. Resolves when all are. */
  stop(): Promise<void>;
}

/** The broker: RabbitMQ or, embedded, a queue in Postgres. Delivers at least once. */
export interface Queue {
  /** Resolves when the broker holds the message durably. @throws when it does not answer */
  publish(task: Task): Promise<void>;
  /** Puts the message of a job that was given up among the dead letters. @throws when the broker does not answer */
  bury(task: Task, reason: string): Promise<void>;
  /** How many messages wait for a worker. @throws when the broker does not answer */
  waiting(): Promise<number>;
  /**
   * Runs `handle` for each message, at most `concurrency` at a time, and keeps consuming over losses of the connection.
   */
  consume(concurrency: number, handle: (task: Task) => Promise<Delivery>): Promise<Consumer>;
  /**
   * Whether jobs can be handed over; makes what is missing.
   * @throws SettingError for what the broker refuses, else when it does not answer
   */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export const TASK_NAME = 'process_dataset';
