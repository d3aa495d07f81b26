-- The message that waits for its countdown is sent again by the outbox: with the expiry that its sender gave it.
ALTER TABLE "jobs" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
