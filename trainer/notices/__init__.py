"""What people have to do, and how they are told: tasks, inbox, digests."""
