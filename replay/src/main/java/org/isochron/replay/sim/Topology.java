package org.isochron.replay.sim;

/** What a simulated venue consists of, beside gateway and sequencer. */
record Topology(int matchers, int riskNodes, int makers, int instruments) {
    static Topology of(final Dice dice) {
        return new Topology(1 + dice.below(3), 1 + dice.below(2), 2 + dice.below(7), 1 + dice.below(3));
    }

    int replicas() {
        return matchers + riskNodes;
    }
}
