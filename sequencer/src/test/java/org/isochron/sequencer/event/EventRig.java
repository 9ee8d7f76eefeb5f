package org.isochron.sequencer.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.isochron.sequencer.edge.EventStore;
import org.isochron.sequencer.edge.memory.ManualClock;

/** Records sample logs in an event journal, on one thread, and asks it. */
final class EventRig {
    final ManualClock clock = new ManualClock(SampleEvents.START_NS, 5);
    EventJournal journal;
    EventRing ring;
    EventRecorder recorder;

    /** A node starts. */
    EventRig open(final EventStore store, final long lastSequence, final LogChain log) {
        journal = EventJournal.open(store, lastSequence, log);
        ring = new EventRing(journal.lastMatchSeq(), 1 << 16);
        recorder = new EventRecorder("events", ring, journal, clock);
        return this;
    }

    /** One command is applied; the recorder works after it. */
    EventRig take(final SampleEvents log) {
        while (!ring.onEvents(log.frame, log.batch)) {
            recorder.doWork();
        }
        while (recorder.doWork() > 0) {
            // A command may have more events than one duty cycle takes.
        }
        return this;
    }

    /** A log of so many commands, two sessions and firms, some without private events. */
    static void run(final SampleEvents log, final int commands, final Consumer<SampleEvents> each) {
        for (int i = 0; i < commands; i++) {
            log.command();
            final long sequence = log.sequence();
            if (sequence == 1) {
                log.opens(1, 10).opens(2, 20);
            } else if (sequence % 3 != 0) {
                log.event(1 + (int) (sequence & 1), sequence % 5 == 0 ? 2 : 1, sequence % 4);
                log.publicEvent();
                if (sequence % 7 == 0) {
                    log.event(2, 1, 3).event(0, 2, 2);
                }
            }
            each.accept(log);
        }
    }

    /** All events that a query finds, window after window, up to the end of what there is. */
    List<byte[]> all(final EventQuery query) {
        final EventSearch search = new EventSearch(journal);
        final List<byte[]> found = new ArrayList<>();
        long from = query.from();
        while (true) {
            search.begin(new EventQuery(
                    query.flow(),
                    query.id(),
                    query.sessionVerId(),
                    query.accountId(),
                    from,
                    query.to(),
                    query.limit()));
            while (search.state() == EventSearch.State.SEARCHING) {
                search.work(2);
            }
            for (int i = 0; i < search.count(); i++) {
                final byte[] bytes = new byte[search.length(i)];
                search.buffer().getBytes(search.offset(i), bytes);
                found.add(bytes);
            }
            from = search.next();
            if (search.state() != EventSearch.State.FOUND) {
                return found;
            }
        }
    }

    /** How a single search ends. */
    EventSearch.State outcome(final EventQuery query) {
        final EventSearch search = new EventSearch(journal);
        search.begin(query);
        while (search.state() == EventSearch.State.SEARCHING) {
            search.work(1);
        }
        return search.state();
    }

    static List<byte[]> made(final SampleEvents log, final Predicate<SampleEvents.Made> wanted) {
        return log.made.stream().filter(wanted).map(SampleEvents.Made::bytes).toList();
    }
}
