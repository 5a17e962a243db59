/** Whether an error of a command says that Redis is away or does not answer; ioredis tells it by words or by the code of the network's error. */
export function saysRedisIsAway({ message }: Error): boolean {
  return /timed out|max retries per request|connection is closed|stream isn't writeable|ECONN|EPIPE/i.test(message);
}
