package org.isochron.sequencer.event;

import java.util.Arrays;

/**
 * One numbered flow of events in the index: in which pages it has events, and the number of its last one in each. Numbers
 * rise by one from event to event, except in a flow that is numbered by commands.
 */
final class FlowPages {
    static final int NOT_HELD = -1;

    private static final int INITIAL = 4;

    private final int kind;
    private final int id;
    private final long verId;
    private final long beganAt;
    private long endedAt = Long.MAX_VALUE;
    private int[] pages = new int[INITIAL];
    private long[] lastNumbers = new long[INITIAL];
    private int count;
    private long firstNumber;

    /**
     * @param kind  which sort of flow, see {@link EventIndex}.
     * @param id    session or firm.
     * @param verId incarnation of the session, 0 where there is none.
     * @param beganAt id of the event with which that incarnation began, 0 where there is none.
     */
    FlowPages(final int kind, final int id, final long verId, final long beganAt) {
        this.kind = kind;
        this.id = id;
        this.verId = verId;
        this.beganAt = beganAt;
    }

    int kind() {
        return kind;
    }

    int id() {
        return id;
    }

    long verId() {
        return verId;
    }

    long beganAt() {
        return beganAt;
    }

    /** The next incarnation of the session began with that event. */
    void endedAt(final long eventId) {
        endedAt = eventId;
    }

    /** Whether an event that stands there belongs to this incarnation. */
    boolean isDuring(final long eventId) {
        return eventId >= beganAt && eventId < endedAt;
    }

    /**
     * The flow has an event in that page, the highest so far.
     *
     * @return true when it is the first one in that page.
     */
    boolean add(final int page, final long number) {
        if (count > 0 && pages[count - 1] == page) {
            lastNumbers[count - 1] = number;
            firstNumber = firstNumber == 0 ? number : firstNumber;
            return false;
        }
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, 2 * count);
            lastNumbers = Arrays.copyOf(lastNumbers, 2 * count);
        }
        firstNumber = firstNumber == 0 ? number : firstNumber;
        pages[count] = page;
        lastNumbers[count++] = number;
        return true;
    }

    /** As read from an index that was kept, where the page has several numbers; 0 says that it has none yet. */
    void load(final int page, final long first, final long last) {
        firstNumber = firstNumber == 0 ? first : firstNumber;
        add(page, last);
    }

    /** First number held, 0 for none. */
    long firstNumber() {
        return firstNumber;
    }

    /** Last number held, 0 for none. */
    long lastNumber() {
        return count == 0 ? 0 : lastNumbers[count - 1];
    }

    /** Place in this list of the first page whose last number is at least that one, or {@link #NOT_HELD}. */
    int find(final long number) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (lastNumbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == count ? NOT_HELD : low;
    }

    /** Place in this list of the first page that is that one or a later one, or {@link #NOT_HELD}. */
    int findPage(final int page) {
        final int found = Arrays.binarySearch(pages, 0, count, page);
        final int place = found >= 0 ? found : -found - 1;
        return place == count ? NOT_HELD : place;
    }

    /** Page at a place of this list; {@link #NOT_HELD} behind the last. */
    int page(final int place) {
        return place < count ? pages[place] : NOT_HELD;
    }
}
