package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.List;
import org.isochron.replay.check.Bounded;
import org.isochron.replay.check.CancelOnDisconnect;
import org.isochron.replay.check.Conservation;
import org.isochron.replay.check.DropCopies;
import org.isochron.replay.check.Entitled;
import org.isochron.replay.check.FinalAnswers;
import org.isochron.replay.check.Invariant;
import org.isochron.replay.check.OneOutcome;
import org.isochron.replay.check.OnePayloadPerSequence;
import org.isochron.replay.check.OrderLives;
import org.isochron.replay.check.PublicBook;
import org.isochron.replay.check.PublicDense;
import org.isochron.replay.check.ReleasedIsFlushed;
import org.isochron.replay.check.ReportsDense;
import org.isochron.replay.check.SequencedTime;
import org.isochron.replay.check.StatesAgree;
import org.isochron.replay.check.Watch;

/** The invariants of a simulated venue. */
final class Invariants {
    private Invariants() {}

    /** Of a process that ends by itself, whatever it was. */
    static final String NO_PROCESS_STOPS = "no-process-stops";

    /**
     * All of them.
     *
     * @param durable whether matchers wait for their disks.
     */
    static Watch watch(final boolean durable) {
        final List<Invariant> all =
                new ArrayList<>(List.of(new OnePayloadPerSequence(), new SequencedTime(), new StatesAgree()));
        all.addAll(ofCore());
        all.add(new FinalAnswers());
        if (durable) {
            all.add(new ReleasedIsFlushed());
        }
        return new Watch(all);
    }

    /** Those that need to know nothing but commands and events. */
    static Watch coreWatch() {
        return new Watch(ofCore());
    }

    private static List<Invariant> ofCore() {
        return List.of(
                new OneOutcome(),
                new ReportsDense(),
                new PublicDense(),
                new OrderLives(),
                new PublicBook(Market.TICK_E9),
                new Conservation(),
                new Entitled(),
                new CancelOnDisconnect(),
                new DropCopies(),
                new Bounded());
    }
}
