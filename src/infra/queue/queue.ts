/** What a message asks for: to work one job of one dataset. */
export interface Task {
  /** Id of the message; stored as `jobs.celery_task_id`. */
  id: string;
  datasetId: string;
  jobId: string;
  /** Not to be worked earlier: a stock client's countdown. */
  notBefore?: Date;
  /** Not to be worked later. */
  expires?: Date;
}

/**
 * What becomes of a message: it is acknowledged, is given back for another worker (`later`), or goes to the dead
 * letters.
 */
export type Delivery = 'done' | 'dead' | 'later';

/** What takes messages. */
export interface Consumer {
  /** Stops taking messages. Resolves when those under way are handled and acknowledged. */
  stop(): Promise<void>;
}

/** The broker: RabbitMQ or, embedded, a queue in Postgres. Delivers at least once. */
export interface Queue {
  /** Resolves when the broker holds the message durably. @throws when it does not answer */
  publish(task: Task): Promise<void>;
  /** Puts the message of a job that failed for good among the dead letters. @throws when the broker does not answer */
  deadLetter(task: Task, reason: string): Promise<void>;
  /** How many messages wait for a worker. @throws when the broker does not answer */
  waiting(): Promise<number>;
  /**
   * Runs `handle` for each message, at most `concurrency` at a time. Consumes again after a loss of the connection.
   */
  consume(concurrency: number, handle: (task: Task) => Promise<Delivery>): Promise<Consumer>;
  /**
   * Checks that messages can be published; makes the queue when it is missing.
   * @throws SettingError for what the broker refuses, else when it does not answer
   */
  ping(): Promise<void>;
  /** Closes the connections. Consumers are stopped before. */
  close(): Promise<void>;
}

/**
 * Deliveries of one message before it becomes a dead letter: a file that kills its worker must not be delivered for
 * ever.
 */
export const DELIVERY_LIMIT = 20;

/** The Celery task of our messages, and the name of the embedded queue. */
export const TASK_NAME = 'process_dataset';
