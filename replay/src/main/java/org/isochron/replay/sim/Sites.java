package org.isochron.replay.sim;

import org.isochron.sequencer.edge.Channel;

/** Where everything is in a simulated venue: channels, and the ids of sessions, firms and accounts. */
final class Sites {
    static final String URI = "sim:net";
    static final Channel INGRESS = new Channel(URI, Way.INGRESS_STREAM);
    static final Channel COMMANDS = new Channel(URI, Way.COMMANDS_STREAM);
    static final Channel LOG = new Channel(URI, Way.LOG_STREAM);
    static final Channel PRIVATE = new Channel(URI, Way.PRIVATE_STREAM);
    static final Channel ANSWERS = new Channel(URI, Way.ANSWERS_STREAM);

    static final int OPERATOR = 1;
    static final int FIRST_MATCHER = 11;
    static final int FIRST_RISK = 21;
    static final int PUBLISHER = 31;
    static final int DROP_COPY = 91;
    static final int FIRST_MAKER = 101;

    static final int ASSET = 1;
    static final int FIRM_A = 1;
    static final int FIRM_B = 2;

    private Sites() {}

    static Channel feed(final int matcher) {
        return new Channel(URI, Way.FEED_STREAM + matcher);
    }

    static Channel queries(final int matcher) {
        return new Channel(URI, Way.QUERIES_STREAM + matcher);
    }

    static Channel responses(final int sessionId) {
        return new Channel(URI, Way.RESPONSE_STREAM + sessionId);
    }

    /** Every maker has an account of the same number, and its firm is one of two. */
    static int firmOf(final int maker) {
        return maker % 2 == 0 ? FIRM_B : FIRM_A;
    }
}
