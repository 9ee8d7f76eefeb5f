package org.isochron.sequencer.edge.memory;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.FaultList;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.JournalStore;

/**
 * A disk in memory. Journals stay on it when they are closed, or when their owner is thrown away and
 * {@link #release(String) released}. A fault is injected between close and open. Single-threaded.
 */
public final class MemoryJournalStore implements JournalStore {
    private final Map<String, FrameTape> tapes = new TreeMap<>();
    private final Map<String, MemoryEpochPromise> promises = new TreeMap<>();
    private final Map<String, FaultList> faults = new TreeMap<>();
    private final Set<String> open = new HashSet<>();

    @Override
    public MemoryJournal open(final String name) {
        if (!open.add(name)) {
            throw new JournalException(
                    Reason.IN_USE, 0, "journal " + name + " is open already; close it before opening it again", null);
        }
        try {
            return new MemoryJournal(this, name, tapes.computeIfAbsent(name, key -> new FrameTape()));
        } catch (final JournalException damaged) {
            open.remove(name);
            throw damaged;
        }
    }

    @Override
    public JournalReader read(final String name) {
        return new MemoryJournalReader(name, tape(name));
    }

    /** The promises kept beside that journal: what a promotion asks for is said here. */
    public MemoryEpochPromise promise(final String name) {
        return promises.computeIfAbsent(name, key -> new MemoryEpochPromise());
    }

    /** The faults kept beside that journal. */
    public FaultList faults(final String name) {
        return faults.computeIfAbsent(name, key -> new FaultList());
    }

    /** Takes the lock from an owner that died without closing. */
    public void release(final String name) {
        open.remove(name);
    }

    /** A fault of the disk: flips all bits of one byte of one frame. */
    public void flipByte(final String name, final long sequence, final int offset) {
        final FrameTape tape = tape(name);
        final UnsafeBuffer block = tape.block(sequence);
        final int index = tape.offset(sequence) + offset;
        block.putByte(index, (byte) ~block.getByte(index));
    }

    /**
     * A fault of the disk: loses every frame behind {@code lastSequence}. This store keeps no note of where a journal
     * ended, so the loss shows only to whoever knows better, such as a peer.
     */
    public void truncate(final String name, final long lastSequence) {
        tape(name).truncate(lastSequence);
    }

    private FrameTape tape(final String name) {
        final FrameTape tape = tapes.get(name);
        if (tape == null) {
            throw new JournalException(
                    Reason.UNUSABLE, 0, "there is no journal " + name + ", only " + tapes.keySet(), null);
        }
        return tape;
    }
}
