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
    /** Gateway to one matcher: which events it wants again. */
    QUERIES,
    /** Matchers to the gateway: events again. */
    ANSWERS,
    /** Gateway to one client. */
    RESPONSE;

    static final int INGRESS_STREAM = 10;
    static final int COMMANDS_STREAM = 11;
    static final int LOG_STREAM = 20;
    static final int PRIVATE_STREAM = 30;
    static final int FEED_STREAM = 41;
    static final int QUERIES_STREAM = 51;
    static final int ANSWERS_STREAM = 61;
    static final int RESPONSE_STREAM = 1_000;

    static Way of(final int streamId) {
        return switch (streamId) {
            case INGRESS_STREAM -> INGRESS;
            case COMMANDS_STREAM -> COMMANDS;
            case LOG_STREAM -> LOG;
            case PRIVATE_STREAM -> PRIVATE;
            case ANSWERS_STREAM -> ANSWERS;
            default -> streamId >= RESPONSE_STREAM ? RESPONSE : streamId >= QUERIES_STREAM ? QUERIES : FEED;
        };
    }
}
