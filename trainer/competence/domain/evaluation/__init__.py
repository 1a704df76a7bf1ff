"""How good the model is: measured on logs of answers, beside simpler models; pure.

Terms:
    log: answers of many people, oldest first (:mod:`.logs`).
    forecast: the chance of a right answer, said before the answer is looked at.
    model: learns from the answers of some people and forecasts those of others, one
        answer after the other; what it has forecast it may learn from.
    fold: the people who are forecast while all others are learned from.
"""
