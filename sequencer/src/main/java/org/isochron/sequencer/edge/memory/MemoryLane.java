package org.isochron.sequencer.edge.memory;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.isochron.sequencer.edge.MessageHandler;

/** A bounded queue of messages from one publisher to one subscriber. Slots are reused and grow to what they carry. */
final class MemoryLane {
    private static final int INITIAL_SLOT_LENGTH = 128;

    private final int lane;
    private final ExpandableArrayBuffer[] slots;
    private final int[] lengths;
    private int head;
    private int size;
    private boolean publisherClosed;
    private boolean subscriberClosed;
    private boolean passedOver;

    MemoryLane(final int lane, final int capacity) {
        this.lane = lane;
        slots = new ExpandableArrayBuffer[capacity];
        lengths = new int[capacity];
    }

    int lane() {
        return lane;
    }

    boolean isFull() {
        return size == slots.length;
    }

    void add(final DirectBuffer buffer, final int offset, final int length) {
        int tail = head + size;
        if (tail >= slots.length) {
            tail -= slots.length;
        }
        if (slots[tail] == null) {
            slots[tail] = new ExpandableArrayBuffer(INITIAL_SLOT_LENGTH);
        }
        slots[tail].putBytes(0, buffer, offset, length);
        lengths[tail] = length;
        size++;
    }

    /** A new poll begins: whoever was passed over gets another chance. */
    void beginPoll() {
        passedOver = false;
    }

    /** Offers the message at the head, if there is one and it was not refused before in this poll. */
    boolean pollOne(final MessageHandler handler) {
        if (size == 0 || passedOver) {
            return false;
        }
        if (!handler.onMessage(lane, slots[head], 0, lengths[head])) {
            passedOver = true;
            return false;
        }
        head++;
        if (head == slots.length) {
            head = 0;
        }
        size--;
        return true;
    }

    void closePublisher() {
        publisherClosed = true;
    }

    void closeSubscriber() {
        subscriberClosed = true;
    }

    boolean isSubscriberClosed() {
        return subscriberClosed;
    }

    /** The publisher is gone and all it sent has been taken. */
    boolean isFinished() {
        return publisherClosed && size == 0;
    }
}
