package dev.drawbridge.keyring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A keyring in memory that can be locked, lose its connection, ask a person, or cut values, as real ones do. */
final class SwitchableKeyring implements KeyringSession.Opener {
    enum Mood {
        WORKING,
        /** The library fails inside itself, as java-keyring does on a locked Secret Service without a prompter. */
        LOCKED,
        /** Every read says "no such entry", as java-keyring does when the Secret Service has gone away. */
        FORGETFUL,
        /** A prompt is open: nothing returns until somebody answers it. */
        ASKING,
        /** Values are cut silently, as secret-tool does. */
        CUTTING
    }

    final Map<String, String> entries = new ConcurrentHashMap<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    volatile Mood mood = Mood.WORKING;
    private volatile CountDownLatch prompt = new CountDownLatch(1);

    void answerPrompt() {
        mood = Mood.WORKING;
        prompt.countDown();
    }

    /** The keyring works again, but whoever waits for the old prompt waits on until the latch is counted down. */
    CountDownLatch leaveAsking() {
        mood = Mood.WORKING;
        return prompt;
    }

    void ask() {
        prompt = new CountDownLatch(1);
        mood = Mood.ASKING;
    }

    @Override
    public KeyringSession open() throws Exception {
        opened.incrementAndGet();
        behave();
        return new Session();
    }

    private void behave() throws InterruptedException {
        switch (mood) {
            case WORKING, FORGETFUL, CUTTING -> {}
            case LOCKED -> throw new NullPointerException("from inside the library");
            case ASKING -> prompt.await();
        }
    }

    private final class Session implements KeyringSession {
        @Override
        public String read(String account) throws Exception {
            behave();
            reads.incrementAndGet();
            String value = entries.get(account);
            if (value == null || mood == Mood.FORGETFUL) {
                throw new EntryNotFound(new IllegalStateException("No existing credential"));
            }
            return value;
        }

        @Override
        public void write(String account, String value) throws Exception {
            behave();
            if (mood != Mood.FORGETFUL) {
                entries.put(account, mood == Mood.CUTTING && value.length() > 100 ? value.substring(0, 100) : value);
            }
        }

        @Override
        public void delete(String account) throws Exception {
            behave();
            if (entries.remove(account) == null) {
                throw new EntryNotFound(new IllegalStateException("No existing credential"));
            }
        }

        @Override
        public void close() {}
    }
}
