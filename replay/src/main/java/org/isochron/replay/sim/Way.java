package org.isochron.replay.sim;

/** The kinds of channel of a venue, told by their streams. */
enum Way {
    /** Clients and nodes to the gateway. */
    INGRESS,
    /** Gateway to sequencer, inside one process. */
    COMMANDS,
    /** Sequencer to replicas. */
    LOG,
    /** Matchers to the gateway. */
    PRIVATE,
    /** Matchers to everybody. */
    FEED,
    /** Gateway to one client. */
    RESPONSE;

    static final int INGRESS_STREAM = 10;
    static final int COMMANDS_STREAM = 11;
    static final int LOG_STREAM = 20;
    static final int PRIVATE_STREAM = 30;
    static final int FEED_STREAM = 41;
    static final int RESPONSE_STREAM = 1_000;

    static Way of(final int streamId) {
        return switch (streamId) {
            case INGRESS_STREAM -> INGRESS;
            case COMMANDS_STREAM -> COMMANDS;
            case LOG_STREAM -> LOG;
            case PRIVATE_STREAM -> PRIVATE;
            default -> streamId >= RESPONSE_STREAM ? RESPONSE : FEED;
        };
    }
}
