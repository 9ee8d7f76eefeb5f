package org.isochron.replay.sim;

import java.util.List;
import org.isochron.replay.check.CancelOnDisconnect;
import org.isochron.replay.check.Conservation;
import org.isochron.replay.check.Entitled;
import org.isochron.replay.check.FinalAnswers;
import org.isochron.replay.check.OneOutcome;
import org.isochron.replay.check.OnePayloadPerSequence;
import org.isochron.replay.check.OrderLives;
import org.isochron.replay.check.PublicBook;
import org.isochron.replay.check.PublicDense;
import org.isochron.replay.check.ReportsDense;
import org.isochron.replay.check.SequencedTime;
import org.isochron.replay.check.StatesAgree;
import org.isochron.replay.check.Watch;

/** The invariants of a simulated venue. */
final class Invariants {
    private Invariants() {}

    static Watch watch() {
        return new Watch(List.of(
                new OnePayloadPerSequence(),
                new SequencedTime(),
                new StatesAgree(),
                new OneOutcome(),
                new ReportsDense(),
                new PublicDense(),
                new OrderLives(),
                new PublicBook(Market.TICK_E9),
                new Conservation(),
                new Entitled(),
                new CancelOnDisconnect(),
                new FinalAnswers()));
    }
}
