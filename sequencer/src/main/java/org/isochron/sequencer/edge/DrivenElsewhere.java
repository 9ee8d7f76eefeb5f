package org.isochron.sequencer.edge;

/**
 * A transport as seen by agents that share it with others on one thread: it opens channels, and driving and closing it are
 * left to whoever owns it. An invoked media driver costs several system calls a time; once or twice a duty cycle is enough
 * for all agents of the thread together.
 */
record DrivenElsewhere(Transport owned) implements Transport {
    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        return owned.subscribe(channel, listener);
    }

    @Override
    public Outbound publish(final Channel channel) {
        return owned.publish(channel);
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void close() {
        // The owner closes it.
    }

    @Override
    public Transport drivenElsewhere() {
        return this;
    }
}
