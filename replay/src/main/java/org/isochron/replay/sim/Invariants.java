package org.isochron.replay.sim;

import java.util.List;
import org.isochron.replay.check.OnePayloadPerSequence;
import org.isochron.replay.check.StatesAgree;
import org.isochron.replay.check.Watch;

/** The invariants of a simulated venue. */
final class Invariants {
    private Invariants() {}

    static Watch watch() {
        return new Watch(List.of(new OnePayloadPerSequence(), new StatesAgree()));
    }
}
